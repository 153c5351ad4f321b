/* The ABI is C: this file is compiled as C11 and uses every struct of it. */
#include "oddity/abi.h"

static void* create(const oddity_value* values, uint32_t columns, const oddity_sink* error) {
  static int instance;
  (void)values;
  (void)columns;
  (void)error;
  return &instance;
}
static void destroy(void* instance) { (void)instance; }
static int32_t evaluate(const void* instance, const oddity_window* window, const oddity_question* question,
                        oddity_evaluation* evaluation, const oddity_sink* error) {
  (void)instance;
  (void)question;
  (void)error;
  evaluation->p = window->rows > 0 ? 0.5 : 1.0;
  evaluation->outcome = ODDITY_JUDGED;
  return ODDITY_OK;
}

/* Called from headers_test.cpp. */
double oddity_test_c_detector(const oddity_window* window) {
  const oddity_option_spec option = {"x", "", "An option.", "1", 0, 0, 2, ODDITY_INT, 0, 0};
  const oddity_output_spec output = {"y", "", "An output."};
  oddity_description description = {0};
  oddity_plugin plugin = {0};
  oddity_question question = {sizeof(oddity_question), ODDITY_BOTH, 0.01};
  oddity_evaluation evaluation = {0};
  oddity_sink sink = {0, 0};
  void* instance;
  description.struct_size = sizeof description;
  description.options = &option;
  description.option_count = 1;
  description.outputs = &output;
  plugin.struct_size = sizeof plugin;
  plugin.description = &description;
  plugin.create = create;
  plugin.destroy = destroy;
  plugin.evaluate = evaluate;
  evaluation.struct_size = sizeof evaluation;
  instance = plugin.create(0, 1, &sink);
  plugin.evaluate(instance, window, &question, &evaluation, &sink);
  plugin.destroy(instance);
  return evaluation.p;
}
