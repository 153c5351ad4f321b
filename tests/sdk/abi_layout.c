/* The layout of ABI 1.0 on a machine of 64 bits, for good: what a plugin built on the first day relies on.
 * Members may follow; none of these may move. None of the structs that grow has padding at its end, so that
 * an appended member always makes its struct larger. */
#include "oddity/abi.h"

#define AT(type, member, offset) \
  _Static_assert(offsetof(type, member) == (offset), #type "." #member " moved")
#define WHOLE(type, last, size) \
  _Static_assert(ODDITY_THROUGH(type, last) == (size), #type " has padding at its end")

#if UINTPTR_MAX == UINT64_MAX
AT(oddity_sink, write, 8);
_Static_assert(sizeof(oddity_sink) == 16, "fixed");

AT(oddity_value, count, 8);
AT(oddity_value, type, 12);
_Static_assert(sizeof(oddity_value) == 16, "fixed: it stands in an array");

AT(oddity_option_spec, unit, 8);
AT(oddity_option_spec, about, 16);
AT(oddity_option_spec, default_value, 24);
AT(oddity_option_spec, choices, 32);
AT(oddity_option_spec, min, 40);
AT(oddity_option_spec, max, 48);
AT(oddity_option_spec, type, 56);
AT(oddity_option_spec, list, 60);
WHOLE(oddity_option_spec, shapes_state, 64);

AT(oddity_output_spec, unit, 8);
WHOLE(oddity_output_spec, about, 24);

AT(oddity_description, name, 8);
AT(oddity_description, version, 16);
AT(oddity_description, about, 24);
AT(oddity_description, build, 32);
AT(oddity_description, options, 40);
AT(oddity_description, outputs, 48);
AT(oddity_description, option_count, 56);
AT(oddity_description, option_stride, 60);
AT(oddity_description, output_count, 64);
AT(oddity_description, output_stride, 68);
AT(oddity_description, fields, 72);
AT(oddity_description, directions, 76);
AT(oddity_description, wants_sorted, 80);
AT(oddity_description, offers_p, 84);
AT(oddity_description, state_version, 88);
AT(oddity_description, oldest_state_version, 92);
AT(oddity_description, offers, 96);
AT(oddity_description, reasons, 104);
WHOLE(oddity_description, reason_count, 120);

AT(oddity_column, values, 8);
AT(oddity_column, sorted, 16);
AT(oddity_column, mean, 24);
AT(oddity_column, sum_of_squares, 32);
AT(oddity_column, min, 40);
AT(oddity_column, max, 48);
AT(oddity_column, mean_rest, 56);
WHOLE(oddity_column, autocorrelation, 72);

AT(oddity_window, column_count, 4);
AT(oddity_window, rows, 8);
AT(oddity_window, fresh, 16);
AT(oddity_window, times, 24);
AT(oddity_window, end, 32);
WHOLE(oddity_window, columns, 48);

AT(oddity_question, direction, 4);
WHOLE(oddity_question, alpha, 16);

AT(oddity_evaluation, outcome, 4);
AT(oddity_evaluation, p, 8);
AT(oddity_evaluation, strength, 16);
AT(oddity_evaluation, observed, 24);
AT(oddity_evaluation, expected, 32);
AT(oddity_evaluation, lower, 40);
AT(oddity_evaluation, upper, 48);
AT(oddity_evaluation, effect, 56);
AT(oddity_evaluation, outputs, 64);
WHOLE(oddity_evaluation, reason, 136);

AT(oddity_host, abi_minor, 4);
AT(oddity_host, normal_sf, 8);
AT(oddity_host, student_t_sf, 16);
AT(oddity_host, chi_squared_sf, 24);
AT(oddity_host, f_sf, 32);
AT(oddity_host, kolmogorov_sf, 40);
AT(oddity_host, normal_quantile, 48);
WHOLE(oddity_host, student_t_quantile, 64);

AT(oddity_plugin, abi_minor, 4);
AT(oddity_plugin, description, 8);
AT(oddity_plugin, create, 16);
AT(oddity_plugin, destroy, 24);
AT(oddity_plugin, evaluate, 32);
AT(oddity_plugin, update, 40);
AT(oddity_plugin, snapshot, 48);
AT(oddity_plugin, restore, 56);
AT(oddity_plugin, footprint, 64);
WHOLE(oddity_plugin, capability, 80);
#endif

/* And on every machine: nothing has been appended without the minor version telling of it. */
#if ODDITY_ABI_MINOR == 0
_Static_assert(sizeof(oddity_option_spec) == ODDITY_THROUGH(oddity_option_spec, shapes_state),
               "append: raise the minor");
_Static_assert(sizeof(oddity_output_spec) == ODDITY_THROUGH(oddity_output_spec, about),
               "append: raise the minor");
_Static_assert(sizeof(oddity_description) == ODDITY_THROUGH(oddity_description, reason_count),
               "append: raise the minor");
_Static_assert(sizeof(oddity_column) == ODDITY_THROUGH(oddity_column, autocorrelation),
               "append: raise the minor");
_Static_assert(sizeof(oddity_window) == ODDITY_THROUGH(oddity_window, columns), "append: raise the minor");
_Static_assert(sizeof(oddity_question) == ODDITY_THROUGH(oddity_question, alpha), "append: raise the minor");
_Static_assert(sizeof(oddity_evaluation) == ODDITY_THROUGH(oddity_evaluation, reason),
               "append: raise the minor");
_Static_assert(sizeof(oddity_host) == ODDITY_THROUGH(oddity_host, student_t_quantile),
               "append: raise the minor");
_Static_assert(sizeof(oddity_plugin) == ODDITY_THROUGH(oddity_plugin, capability), "append: raise the minor");
#endif

/* The numbers of the ABI, which stand in plugins too. */
_Static_assert(ODDITY_OK == 0 && ODDITY_REFUSED == 1 && ODDITY_BROKEN == 2, "codes");
_Static_assert(ODDITY_BOOL == 0 && ODDITY_INT == 1 && ODDITY_DOUBLE == 2 && ODDITY_STRING == 3 &&
                   ODDITY_DURATION == 4,
               "types");
_Static_assert(ODDITY_BOTH == 0 && ODDITY_ABOVE == 1 && ODDITY_BELOW == 2, "directions");
_Static_assert(ODDITY_JUDGED == 0 && ODDITY_WARMING_UP == 1 && ODDITY_CONSTANT == 2 && ODDITY_UNDEFINED == 3,
               "outcomes");
_Static_assert(ODDITY_LEARN_NO == 0 && ODDITY_LEARN_YES == 1 && ODDITY_FIELDS_ONE == 0 &&
                   ODDITY_FIELDS_ALL == 1,
               "others");
_Static_assert(ODDITY_MAX_OUTPUTS == 8, "the length of an array in the middle of a struct that grows");

int oddity_test_layout; /* a translation unit is not empty */
