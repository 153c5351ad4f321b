/* The ABI between Oddity and a detector: plain C11, the only thing that crosses a shared library's boundary.
 *
 * Authors of C++ detectors never see it (detector.hpp does the wrapping); authors in other languages write to
 * it. examples/c_detector is one in C.
 *
 * LIFE CYCLE, as the host calls:
 *   1. oddity_plugin_entry_v1(host)   once after loading; the returned table lives as long as the library.
 *   2. create                         with every declared option, in declared order. Any number of instances.
 *   3. restore                        at most once, before the first update: a state that snapshot wrote.
 *   4. evaluate, then update          for each window, in this order; evaluate may be called more than once.
 *   5. snapshot                       between windows, as often as asked.
 *   6. destroy                        once for each instance. The library is never unloaded.
 *
 * CALL STATES: [loading] is the one call of the entry function; [loaded] needs no instance, any thread;
 * [instance] needs one, between create and destroy. One instance is never called from two threads at once;
 * different instances may be.
 *
 * OWNERSHIP: who creates, destroys. Pointers handed to a call are the caller's and die when the call returns;
 * the host's table, the plugin's table and descriptions live as long as the library. Output of unknown length
 * goes through a sink, so nothing allocated on one side is freed on the other. No exception leaves one side.
 *
 * GROWTH: a host of any minor version of the ABI takes a plugin of any other.
 *   - A struct that can grow begins with struct_size, set by the side that fills it. Its first members are
 *     always there; an appended one (oddity_column.autocorrelation, oddity_description.reasons,
 *     oddity_evaluation.reason) is read only where ODDITY_HAS(struct, member) says so.
 *   - Structs in arrays are reached by stride (option and output specs) or by pointer (columns). oddity_value
 *     and oddity_sink never change.
 *   - Members are only ever appended. None of these structs has padding at its end, so an appended member
 *     always makes its struct larger; appended members must keep it so.
 *   - Whatever is not a number or a text becomes a further interface, by name: see oddity_plugin.capability.
 *   - A change that old binaries cannot bear gets a new entry symbol, _v2. */
#ifndef ODDITY_ABI_H
#define ODDITY_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this ABI. Another major version has another entry symbol; the minor version rises with each
 * appended member. The program's version, in version.h, is independent of it. */
#define ODDITY_ABI_MAJOR 1u
#define ODDITY_ABI_MINOR 0u
/* The one symbol that a plugin exports. */
#define ODDITY_ENTRY_SYMBOL "oddity_plugin_entry_v1"
/* The symbol of the next ABI, which does not exist yet. */
#define ODDITY_NEXT_ENTRY_SYMBOL "oddity_plugin_entry_v2"
/* How many outputs a description can declare. */
#define ODDITY_MAX_OUTPUTS 8
/* How many reasons, and of how many bytes each. */
#define ODDITY_MAX_REASONS 64
#define ODDITY_MAX_REASON_BYTES 64

/* Bytes of a struct through `member`; with the last of the members that are always there, its least size. */
#define ODDITY_THROUGH(type, member) (offsetof(type, member) + sizeof(((type*)0)->member))
/* Whether the side that filled `*pointer` knew `member`: to be asked for every appended member. */
#define ODDITY_HAS(type, pointer, member) ((pointer)->struct_size >= ODDITY_THROUGH(type, member))

/* What a function of the plugin's table returns. */
enum {
  ODDITY_OK = 0,
  /* The input is at fault: options or a state that cannot be used. */
  ODDITY_REFUSED = 1,
  /* The detector is at fault. */
  ODDITY_BROKEN = 2
};

/* Types of an option's value, and how oddity_value.values is to be read. */
enum {
  /* const uint8_t *, 0 or 1 */
  ODDITY_BOOL = 0,
  /* const int64_t * */
  ODDITY_INT = 1,
  /* const double *, finite */
  ODDITY_DOUBLE = 2,
  /* const char *const *, UTF-8, zero-terminated */
  ODDITY_STRING = 3,
  /* const int64_t *, nanoseconds */
  ODDITY_DURATION = 4
};

/* Which side of what is expected is anomalous, seen in the data; in a description as bits, 1 << direction. */
enum { ODDITY_BOTH = 0, ODDITY_ABOVE = 1, ODDITY_BELOW = 2 };

/* Outcome of an evaluation. A window with a p-value (or, where none is offered, a strength) was judged. */
enum {
  /* p (or strength) is there. */
  ODDITY_JUDGED = 0,
  /* Too little has been learned for a verdict; p is absent. */
  ODDITY_WARMING_UP = 1,
  /* No variance to judge by. p is there where it comes from equality alone, and absent otherwise. */
  ODDITY_CONSTANT = 2,
  /* The numbers overflow or have no answer; p is absent. */
  ODDITY_UNDEFINED = 3
};

/* Whether the rows of an update join the baseline. */
enum { ODDITY_LEARN_NO = 0, ODDITY_LEARN_YES = 1 };

/* What an instance judges. */
enum {
  /* One field: there is an instance for each. */
  ODDITY_FIELDS_ONE = 0,
  /* All fields of a task together. */
  ODDITY_FIELDS_ALL = 1
};

/* The standard fields of an answer, as bits of oddity_description.offers. */
#define ODDITY_OFFERS_OBSERVED 1u
#define ODDITY_OFFERS_EXPECTED 2u
#define ODDITY_OFFERS_LOWER 4u
#define ODDITY_OFFERS_UPPER 8u
#define ODDITY_OFFERS_EFFECT 16u
/* No field: a promise. p is held against the series' own past already, to be about the share of its rows that
 * are as odd; the core does not calibrate it again, and takes falseAlarms '1/7d' where nobody gives an alpha. */
#define ODDITY_OFFERS_CALIBRATED 32u
/* No field: a warning. The detector gets used to what it sees, learned or not: what lasts does not stay odd. */
#define ODDITY_OFFERS_HABITUATION 64u

/* Takes bytes: a state, or the text of an error (UTF-8, no newline). The host's, for the length of one call;
 * `bytes` are the plugin's and are copied. Returns 0 when all were taken. May be called more than once. */
typedef struct oddity_sink {
  void* context;
  int32_t (*write)(void* context, const void* bytes, uint64_t size);
} oddity_sink;

/* One option's resolved value: `count` values (1 unless the spec says list). The host's; outlives every
 * instance. Fixed: it stands in an array. */
typedef struct oddity_value {
  const void* values;
  uint32_t count;
  int32_t type;
} oddity_value;

/* One declared option. A standard option, which the core owns, is opted into by its name: "size". */
typedef struct oddity_option_spec {
  /* A TICKscript identifier: [a-z][A-Za-z0-9]*. */
  const char* name;
  /* "", "samples", "s", ...; for people. */
  const char* unit;
  /* One sentence. */
  const char* about;
  /* The default as text, as it would stand in YAML. NULL: the option is required. */
  const char* default_value;
  /* Strings only: the permitted words, separated by '|'. NULL: any. */
  const char* choices;
  /* Inclusive; both 0 for bool and string. */
  double min, max;
  /* One of the types above. */
  int32_t type;
  /* 1: may be given more than once. */
  uint16_t list;
  /* 1: a state saved under another value cannot be restored. */
  uint16_t shapes_state;
} oddity_option_spec;

/* One declared output; its place is that in oddity_evaluation.outputs. */
typedef struct oddity_output_spec {
  /* The field that users see: "t", "z", "d". */
  const char* name;
  /* "", "samples", "s", ...; for people. */
  const char* unit;
  /* One sentence. */
  const char* about;
} oddity_output_spec;

/* Owned by the plugin, as are all its texts and arrays; lives as long as the library.
 *
 * What is declared is promised: each judged window has every declared output and every standard field of
 * `offers`, since an alert that names a field is silent about a window without it. Asked for one direction
 * only, an answer has no bound on the other side. */
typedef struct oddity_description {
  uint32_t struct_size;
  /* [a-z][a-z0-9_]*: the file's name without .so, and the value of .algorithm(). */
  const char* name;
  /* Shown, never compared. */
  const char* version;
  /* One sentence. */
  const char* about;
  /* Compiler and flags, for people; never compared. */
  const char* build;
  const oddity_option_spec* options;
  const oddity_output_spec* outputs;
  uint32_t option_count, option_stride;
  /* At most ODDITY_MAX_OUTPUTS. */
  uint32_t output_count, output_stride;
  /* ODDITY_FIELDS_ONE or _ALL. */
  int32_t fields;
  /* Bits 1 << ODDITY_BOTH, ... */
  uint32_t directions;
  /* 1: columns come with a sorted copy. */
  uint32_t wants_sorted;
  /* 1, or 0 where only `strength` is offered, which the core then holds against earlier ones. */
  uint32_t offers_p;
  /* The version of what snapshot writes, from 1. */
  uint32_t state_version;
  /* The oldest version that restore reads. */
  uint32_t oldest_state_version;
  /* Bits ODDITY_OFFERS_*: the standard fields of each judged window, and promises. 64 bits: nothing pads the
   * end. */
  uint64_t offers;
  /* What can make a window odd, in a few words each, such as "jump": of these an answer names one by its place.
   * UTF-8 of one line. NULL where the detector has no more to say than its numbers. */
  const char* const* reasons;
  /* At most ODDITY_MAX_REASONS. */
  uint64_t reason_count;
} oddity_description;

/* One field of one window, owned by the host and valid during the call. `values` has oddity_window.rows
 * numbers, all finite, in order of arrival. */
typedef struct oddity_column {
  uint32_t struct_size;
  const double* values;
  /* Ascending, or NULL where the description did not ask. */
  const double* sorted;
  /* May be infinite where the values are huge. */
  double mean;
  /* Of the deviations from the mean; may be infinite where the values are huge. */
  double sum_of_squares;
  double min, max;
  /* What a double cannot hold of the mean: the mean is mean + mean_rest. At most half of mean's last digit,
   * which matters where values vary little about a large offset. */
  double mean_rest;
  /* How much a row says about the next, from -1 to 1: the autocorrelation of the rows learned so
   * far. 0: they count as independent. */
  double autocorrelation;
} oddity_column;

/* One window: columns of equal length, never empty. Owned by the host and valid during the call. */
typedef struct oddity_window {
  uint32_t struct_size;
  uint32_t column_count;
  uint64_t rows;
  /* An update takes in the last `fresh` rows: learning, those later than the last learned; not learning,
   * those later than the last seen. 0 is possible. */
  uint64_t fresh;
  /* ns since 1970 UTC, in order of arrival. */
  const int64_t* times;
  /* The window's end, ns since 1970 UTC. */
  int64_t end;
  const oddity_column* const* columns;
} oddity_window;

/* What is asked of a window. */
typedef struct oddity_question {
  uint32_t struct_size;
  /* What the user asked for; one of those that the description serves. */
  int32_t direction;
  /* In (0, 1); for the bounds. Whether a window is anomalous is decided by the core. */
  double alpha;
} oddity_question;

/* Owned by the host. struct_size is set and every double is NaN before the call; NaN means absent. A plugin
 * writes nothing beyond struct_size. Appended members are doubles as well.
 *
 * A ratio that has no finite value, as there is no spread to divide by, is the largest finite double with the
 * sign of its numerator, or 0 where that is 0; bounds without a spread fall together with `expected`. */
typedef struct oddity_evaluation {
  uint32_t struct_size;
  /* One of the outcomes above. */
  int32_t outcome;
  /* In [0, 1]. */
  double p;
  /* Larger is odder; for detectors without a p, and for windows that a p cannot tell apart. */
  double strength;
  /* In the field's unit. */
  double observed, expected, lower, upper;
  /* Window minus history, in standard deviations of the history. */
  double effect;
  /* In declared order. */
  double outputs[ODDITY_MAX_OUTPUTS];
  /* The place among the description's reasons, from 0, of what speaks most for the window being odd, whether it
   * is or not: users see it, as `why`, where the core finds it anomalous. */
  double reason;
} oddity_evaluation;

/* What the host lends to a plugin, from entry on until the end of the process. Pure functions, callable in
 * any call state and from any thread. Probabilities are in [0, 1], with all their digits in the tails; NaN
 * gives NaN. */
typedef struct oddity_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  /* P(Z > z). */
  double (*normal_sf)(double z);
  /* P(T > t); degrees > 0, need not be whole. */
  double (*student_t_sf)(double t, double degrees);
  /* P(X > x); degrees > 0. */
  double (*chi_squared_sf)(double x, double degrees);
  /* P(F > x); both degrees > 0. */
  double (*f_sf)(double x, double degrees1, double degrees2);
  /* P(K > x), K being the limit of sqrt(n) D. */
  double (*kolmogorov_sf)(double x);
  /* The z with P(Z <= z) = p. */
  double (*normal_quantile)(double p);
  /* The t with P(T <= t) = p. */
  double (*student_t_quantile)(double p, double degrees);
} oddity_host;

/* Owned by the plugin; constant, lives as long as the library. No function pointer is NULL. */
typedef struct oddity_plugin {
  uint32_t struct_size;
  /* Of the ABI that the plugin was built with; may be above or below the host's. */
  uint32_t abi_minor;
  const oddity_description* description;
  /* [loaded] Makes an instance, which is the plugin's until destroy. `values` has one entry for each declared
   * option, in declared order, and outlives the instance; `columns` is how many each window will have. NULL:
   * refused, the reason in `error`. */
  void* (*create)(const oddity_value* values, uint32_t columns, const oddity_sink* error);
  /* [instance] Frees it; the last call with this instance. */
  void (*destroy)(void* instance);
  /* [instance] Judges; changes nothing. Same state, window and question: same bits. Fills `evaluation`. */
  int32_t (*evaluate)(const void* instance, const oddity_window* window, const oddity_question* question,
                      oddity_evaluation* evaluation, const oddity_sink* error);
  /* [instance] Takes in the fresh rows; `learn` as ODDITY_LEARN_*. Copies what it keeps. */
  int32_t (*update)(void* instance, const oddity_window* window, int32_t learn, const oddity_sink* error);
  /* [instance] Writes the state to `state`; its version is the description's. Changes nothing. */
  int32_t (*snapshot)(const void* instance, const oddity_sink* state, const oddity_sink* error);
  /* [instance, before its first update] Takes over a state of a version from oldest_state_version to
   * state_version; `bytes` are the host's and die with the call. ODDITY_REFUSED: it cannot be one; the
   * instance may then only be destroyed. */
  int32_t (*restore)(void* instance, const void* bytes, uint64_t size, uint32_t version,
                     const oddity_sink* error);
  /* [instance] Bytes of memory the instance holds, itself included; an estimate. */
  uint64_t (*footprint)(const void* instance);
  /* [loaded] A further interface by name, or NULL where the plugin has none of this name. A name is
   * "word/revision"; another revision is another interface, and the meaning of a name never changes.
   * What is returned lives as long as the library. No name is defined yet: a plugin returns NULL. */
  const void* (*capability)(const char* name_and_revision);
} oddity_plugin;

/* [loading] The one exported symbol. `host` is lent until the end of the process. NULL: the host is too old
 * for this plugin. */
const oddity_plugin* oddity_plugin_entry_v1(const oddity_host* host);

#ifdef __cplusplus
}
#endif
#endif
