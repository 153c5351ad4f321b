// ODDITY_EXPORT_DETECTOR(Class): puts a detector class behind the C ABI.
//
// LIFE CYCLE
//   1. One source file of the library includes this header and has the macro, once.
//   2. The host calls the exported entry function after loading; it keeps the host's table for tails.hpp.
//   3. Every later call arrives here, and becomes a call of the class.
//
// No exception leaves these functions: std::invalid_argument and StateError become "refused" with their text,
// anything else "broken".
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "oddity/detector.hpp"

namespace oddity::detail {

/// Hands the text of an error to the host, where it wants one.
inline void report(const oddity_sink* error, const char* text) noexcept {
  if (error != nullptr && error->write != nullptr) error->write(error->context, text, std::strlen(text));
}

/// Runs `body`; the code to return tells what came of it.
template <class Body>
std::int32_t guarded(const oddity_sink* error, Body&& body) noexcept {
  try {
    body();
    return ODDITY_OK;
  } catch (const std::invalid_argument& refused) {
    report(error, refused.what());
    return ODDITY_REFUSED;
  } catch (const StateError& refused) {
    report(error, refused.what());
    return ODDITY_REFUSED;
  } catch (const std::exception& broken) {
    report(error, broken.what());
  } catch (...) {
    report(error, "threw something that is no std::exception");
  }
  return ODDITY_BROKEN;
}

/// Whether a text of the description is there.
constexpr bool named(const char* text) { return text != nullptr && *text != '\0'; }

/// Evaluated at compile time: an array of two options or outputs of which only one is given compiles, with
/// nulls in the second. This catches it.
constexpr bool complete(const Description& description) {
  if (!named(description.name) || !named(description.version) || !named(description.about)) return false;
  if (description.outputs.size() > ODDITY_MAX_OUTPUTS) return false;
  for (const auto& option : description.options) {
    if (!named(option.name) || !named(option.about) || option.unit == nullptr) return false;
  }
  for (const auto& output : description.outputs) {
    if (!named(output.name) || !named(output.about) || output.unit == nullptr) return false;
  }
  if (description.reasons.size() > ODDITY_MAX_REASONS) return false;
  for (const char* const reason : description.reasons) {
    if (!named(reason) || std::string_view(reason).size() > ODDITY_MAX_REASON_BYTES) return false;
  }
  return true;
}

/// oddity_description.build: the compiler, its library, and whether assertions are on.
inline constexpr const char* build_stamp =
#if defined(__clang__)
    "clang " __clang_version__
#elif defined(__GNUC__)
    "gcc " __VERSION__
#else
    "unknown compiler"
#endif
#if defined(_LIBCPP_VERSION)
    ", libc++"
#elif defined(__GLIBCXX__)
    ", libstdc++"
#endif
#if defined(NDEBUG)
    ", release"
#else
    ", debug"
#endif
    ;

/// The functions of oddity_plugin for a detector class; abi.h says what each promises.
template <Detector D>
struct Exported {
  /// Null where the constructor throws; its text is then in `error`.
  static void* create(const oddity_value* values, std::uint32_t columns, const oddity_sink* error) noexcept {
    D* instance = nullptr;
    guarded(error, [&] {
      instance = std::make_unique<D>(Options(D::description.options, values, columns)).release();
    });
    return instance;
  }
  /// Deletes what create made.
  static void destroy(void* instance) noexcept { delete static_cast<D*>(instance); }

  /// Copies as much of the answer as the host knows.
  static std::int32_t evaluate(const void* instance, const oddity_window* window,
                               const oddity_question* question, oddity_evaluation* out,
                               const oddity_sink* error) noexcept {
    return guarded(error, [&] {
      const Question asked{static_cast<Direction>(question->direction), question->alpha};
      const Evaluation answer = static_cast<const D*>(instance)->evaluate(Window(*window), asked);
      oddity_evaluation filled{};
      filled.struct_size = out->struct_size;
      filled.outcome = static_cast<std::int32_t>(answer.outcome);
      filled.p = answer.p;
      filled.strength = answer.strength;
      filled.observed = answer.observed;
      filled.expected = answer.expected;
      filled.lower = answer.lower;
      filled.upper = answer.upper;
      filled.effect = answer.effect;
      for (std::size_t i = 0; i < answer.outputs.size(); ++i) filled.outputs[i] = answer.outputs[i];
      filled.reason = answer.reason < 0 ? absent : answer.reason;
      std::memcpy(out, &filled, out->struct_size < sizeof filled ? out->struct_size : sizeof filled);
    });
  }
  /// Hands on the window and whether to learn it.
  static std::int32_t update(void* instance, const oddity_window* window, std::int32_t learn,
                             const oddity_sink* error) noexcept {
    return guarded(error,
                   [&] { static_cast<D*>(instance)->update(Window(*window), static_cast<Learn>(learn)); });
  }
  /// Lets the instance write its state into the host's sink.
  static std::int32_t snapshot(const void* instance, const oddity_sink* state,
                               const oddity_sink* error) noexcept {
    return guarded(error, [&] {
      StateWriter writer(*state);
      static_cast<const D*>(instance)->snapshot(writer);
    });
  }
  /// A state that is not read to its end is refused.
  static std::int32_t restore(void* instance, const void* bytes, std::uint64_t size, std::uint32_t version,
                              const oddity_sink* error) noexcept {
    return guarded(error, [&] {
      StateReader reader({static_cast<const std::byte*>(bytes), static_cast<std::size_t>(size)});
      static_cast<D*>(instance)->restore(reader, version);
      reader.expect_end();
    });
  }
  /// In bytes, by the class's own estimate.
  static std::uint64_t footprint(const void* instance) noexcept {
    return static_cast<const D*>(instance)->footprint();
  }
  /// A class with further interfaces has a member `static const void* capability(std::string_view)`.
  static const void* capability(const char* name) noexcept {
    if constexpr (requires { D::capability(std::string_view(name)); }) {
      return D::capability(std::string_view(name));
    } else {
      return nullptr;
    }
  }

  /// The table, or null where the host lacks something that the detector cannot do without.
  static const oddity_plugin* entry(const oddity_host* lent) noexcept {
    static_assert(complete(D::description),
                  "a name, version, sentence, unit or reason in the description is missing");
    static constexpr oddity_description described{
        .struct_size = sizeof(oddity_description),
        .name = D::description.name,
        .version = D::description.version,
        .about = D::description.about,
        .build = build_stamp,
        .options = D::description.options.data(),
        .outputs = D::description.outputs.data(),
        .option_count = static_cast<std::uint32_t>(D::description.options.size()),
        .option_stride = sizeof(OptionSpec),
        .output_count = static_cast<std::uint32_t>(D::description.outputs.size()),
        .output_stride = sizeof(OutputSpec),
        .fields = static_cast<std::int32_t>(D::description.fields),
        .directions = D::description.directions,
        .wants_sorted = D::description.wants_sorted,
        .offers_p = D::description.offers_p,
        .state_version = D::description.state_version,
        .oldest_state_version = D::description.oldest_state_version,
        .offers = D::description.offers,
        .reasons = D::description.reasons.data(),
        .reason_count = D::description.reasons.size(),
    };
    static constexpr oddity_plugin table{
        .struct_size = sizeof(oddity_plugin),
        .abi_minor = ODDITY_ABI_MINOR,
        .description = &described,
        .create = &create,
        .destroy = &destroy,
        .evaluate = &evaluate,
        .update = &update,
        .snapshot = &snapshot,
        .restore = &restore,
        .footprint = &footprint,
        .capability = &capability,
    };
    if (lent == nullptr || lent->struct_size < ODDITY_THROUGH(oddity_host, student_t_quantile) ||
        lent->abi_minor < D::description.min_host_minor)
      return nullptr;
    host = lent;
    return &table;
  }
};

}  // namespace oddity::detail

/// Once in a library, at global scope.
#define ODDITY_EXPORT_DETECTOR(Class)                                                            \
  extern "C" __attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1( \
      const oddity_host* host) {                                                                 \
    return ::oddity::detail::Exported<Class>::entry(host);                                       \
  }
