#include "plugin/detector.hpp"

#include "base/error.hpp"
#include "state/sink.hpp"

namespace oddity::plugin {
namespace {

oddity_value abi_value(const Algorithm::Value& value, const std::vector<const char*>& texts) noexcept {
  switch (value.type) {
    case ODDITY_BOOL:
      return {value.booleans.data(), static_cast<std::uint32_t>(value.booleans.size()), value.type};
    case ODDITY_DOUBLE:
      return {value.numbers.data(), static_cast<std::uint32_t>(value.numbers.size()), value.type};
    case ODDITY_STRING:
      return {texts.data(), static_cast<std::uint32_t>(texts.size()), value.type};
    default:
      return {value.integers.data(), static_cast<std::uint32_t>(value.integers.size()), value.type};
  }
}

void require(std::int32_t code, const std::string& reason) {
  if (code != ODDITY_OK) throw Failure(reason.empty() ? "failed without an error text" : reason);
}

}  // namespace

Algorithm::Algorithm(std::shared_ptr<const Library> library, std::vector<Value> values)
    : library_(std::move(library)), values_(std::move(values)), texts_(values_.size()) {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    for (const auto& text : values_[i].texts) texts_[i].push_back(text.c_str());
    abi_values_.push_back(abi_value(values_[i], texts_[i]));
  }
}

Detector::Detector(const Algorithm& algorithm, std::uint32_t columns)
    : instance_(nullptr, Destroy{&algorithm.table()}) {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  instance_.reset(algorithm.table().create(algorithm.values().data(), columns, &error));
  if (!instance_) {
    throw Error(
        {"algorithm '" + std::string(algorithm.name()) + "'", "", "refuses its options: " + reason, ""});
  }
}

void Detector::evaluate(const oddity_window& window, const oddity_question& question,
                        oddity_evaluation& evaluation) const {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  require(table()->evaluate(instance_.get(), &window, &question, &evaluation, &error), reason);
}

void Detector::update(const oddity_window& window, bool learn) {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  require(table()->update(instance_.get(), &window, learn ? ODDITY_LEARN_YES : ODDITY_LEARN_NO, &error),
          reason);
}

void Detector::snapshot(std::string& state) const {
  std::string reason;
  const oddity_sink error = state::appending_to(reason);
  const oddity_sink bytes = state::appending_to(state);
  require(table()->snapshot(instance_.get(), &bytes, &error), reason);
}

bool Detector::restore(std::string_view state, std::uint32_t version, std::string& reason) {
  const oddity_sink error = state::appending_to(reason);
  return table()->restore(instance_.get(), state.data(), state.size(), version, &error) == ODDITY_OK;
}

}  // namespace oddity::plugin
