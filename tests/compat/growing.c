/* A plugin that uses what a newer ABI appended, where the host has it: built with today's header and with a
 * newer one. Its output `seen` counts the structs in which it found an appended member of the right value. */
#include "oddity/abi.h"

static const oddity_host* host;
static double instance;

static void* create(const oddity_value* values, uint32_t columns, const oddity_sink* error) {
  (void)values;
  (void)columns;
  (void)error;
  return &instance;
}
static void destroy(void* self) { (void)self; }

static int32_t evaluate(const void* self, const oddity_window* window, const oddity_question* question,
                        oddity_evaluation* evaluation, const oddity_sink* error) {
  double seen = 0;
  (void)self;
  (void)error;
  (void)window;
  (void)question;
#if ODDITY_ABI_MINOR >= 1
  seen += ODDITY_HAS(oddity_column, window->columns[0], appended) && window->columns[0]->appended == 1;
  seen += ODDITY_HAS(oddity_window, window, appended) && window->appended == 2;
  seen += ODDITY_HAS(oddity_question, question, appended) && question->appended == 3;
  seen += ODDITY_HAS(oddity_host, host, appended);
  if (ODDITY_HAS(oddity_evaluation, evaluation, appended)) evaluation->appended = 4;
#endif
  evaluation->outputs[0] = seen;
  evaluation->p = 0.5;
  evaluation->outcome = ODDITY_JUDGED;
  return ODDITY_OK;
}
static int32_t update(void* self, const oddity_window* window, int32_t learns, const oddity_sink* error) {
  (void)self;
  (void)window;
  (void)learns;
  (void)error;
  return ODDITY_OK;
}
static int32_t snapshot(const void* self, const oddity_sink* state, const oddity_sink* error) {
  (void)self;
  (void)error;
  return state->write(state->context, "", 1) == 0 ? ODDITY_OK : ODDITY_BROKEN;
}
static int32_t restore(void* self, const void* bytes, uint64_t size, uint32_t version,
                       const oddity_sink* error) {
  (void)self;
  (void)bytes;
  (void)version;
  (void)error;
  return size == 1 ? ODDITY_OK : ODDITY_REFUSED;
}
static uint64_t footprint(const void* self) {
  (void)self;
  return sizeof instance;
}
static const void* capability(const char* name) {
  (void)name;
  return 0;
}

/* Two of each, so that a stride that is misread shows. */
static const oddity_option_spec options[] = {{.name = "first",
                                              .unit = "",
                                              .about = "One.",
                                              .default_value = "1",
                                              .min = 0,
                                              .max = 9,
                                              .type = ODDITY_INT},
                                             {.name = "second",
                                              .unit = "",
                                              .about = "Two.",
                                              .default_value = "2",
                                              .min = 0,
                                              .max = 9,
                                              .type = ODDITY_INT}};
static const oddity_output_spec outputs[] = {{.name = "seen", .unit = "", .about = "Appended members found."},
                                             {.name = "other", .unit = "", .about = "Never set."}};
static const oddity_description description = {
#if ODDITY_ABI_MINOR >= 1
    .appended = 5,
#endif
    .struct_size = sizeof description,
    .name = GROWING_NAME,
    .version = "1",
    .about = "Grows with the ABI.",
    .options = options,
    .outputs = outputs,
    .option_count = 2,
    .option_stride = sizeof options[0],
    .output_count = 2,
    .output_stride = sizeof outputs[0],
    .directions = 1u << ODDITY_BOTH,
    .offers_p = 1,
    .state_version = 1,
    .oldest_state_version = 1};
static const oddity_plugin plugin = {
#if ODDITY_ABI_MINOR >= 1
    .appended = 6,
#endif
    .struct_size = sizeof plugin,
    .abi_minor = ODDITY_ABI_MINOR,
    .description = &description,
    .create = create,
    .destroy = destroy,
    .evaluate = evaluate,
    .update = update,
    .snapshot = snapshot,
    .restore = restore,
    .footprint = footprint,
    .capability = capability};

__attribute__((visibility("default"))) const oddity_plugin* oddity_plugin_entry_v1(const oddity_host* lent) {
  host = lent;
  return &plugin;
}
