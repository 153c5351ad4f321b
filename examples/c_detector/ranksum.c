/* ranksum: a detector in plain C. Do the window's values rank among the history's as they should?
 *
 * The rank sum test of Wilcoxon (1945, Biometrics Bulletin 1, p. 80) and Mann & Whitney (1947, Annals of
 * Mathematical Statistics 18, p. 50): u counts the pairs in which the window's value is the larger, ties by
 * half. Its p is that of the normal distribution with the variance corrected for ties, and with half a pair
 * taken off for continuity: as SciPy's mannwhitneyu(window, history, method='asymptotic'). It asks nothing of
 * the distribution and forgives outliers, which a t-test does not. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oddity/abi.h"

enum { least_window = 8, least_history = 20 }; /* below these the normal distribution is no good */

static const oddity_host* host; /* lent for good; set once, before there is any instance */

/* The latest `size` learned samples, in order of arrival (a ring) and sorted. */
typedef struct ranksum {
  uint64_t size, count, oldest;
  double* arrived;
  double* sorted;
} ranksum;

static void say(const oddity_sink* sink, const char* text) {
  if (sink != NULL && sink->write != NULL) sink->write(sink->context, text, strlen(text));
}

/* Where `value` stands, or would stand: how many of the sorted are below it. */
static uint64_t place_of(const ranksum* self, double value) {
  uint64_t low = 0;
  uint64_t high = self->count;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (self->sorted[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static void learn(ranksum* self, double value) {
  uint64_t place;
  if (self->count == self->size) { /* full: the oldest makes room */
    place = place_of(self, self->arrived[self->oldest]);
    memmove(self->sorted + place, self->sorted + place + 1, (self->count - place - 1) * sizeof *self->sorted);
    --self->count;
  }
  place = place_of(self, value);
  memmove(self->sorted + place + 1, self->sorted + place, (self->count - place) * sizeof *self->sorted);
  self->sorted[place] = value;
  self->arrived[self->oldest] = value;
  self->oldest = (self->oldest + 1) % self->size;
  ++self->count;
}

static void destroy(void* instance) {
  ranksum* const self = instance;
  free(self->arrived);
  free(self->sorted);
  free(self);
}

static void* create(const oddity_value* values, uint32_t columns, const oddity_sink* error) {
  ranksum* const self = calloc(1, sizeof *self);
  (void)columns; /* an instance for each field */
  if (self != NULL) {
    self->size = (uint64_t) * (const int64_t*)values[0].values;
    self->arrived = calloc(self->size, sizeof *self->arrived);
    self->sorted = calloc(self->size, sizeof *self->sorted);
    if (self->arrived != NULL && self->sorted != NULL) return self;
    destroy(self);
  }
  say(error, "no memory for a history of this size");
  return NULL;
}

/* One walk over both sorted samples: the window's larger pairs, and what ties take off the variance. */
static double count_pairs(const ranksum* self, const oddity_column* column, uint64_t rows, double* ties) {
  double pairs = 0;
  uint64_t below = 0;
  uint64_t at = 0;
  *ties = 0;
  while (below < self->count || at < rows) {
    uint64_t of_history = 0;
    uint64_t of_window = 0;
    const double value = at == rows || (below < self->count && self->sorted[below] < column->sorted[at])
                             ? self->sorted[below]
                             : column->sorted[at];
    double together;
    while (below + of_history < self->count && self->sorted[below + of_history] == value) ++of_history;
    while (at + of_window < rows && column->sorted[at + of_window] == value) ++of_window;
    pairs += (double)of_window * ((double)below + 0.5 * (double)of_history);
    together = (double)(of_history + of_window);
    *ties += together * (together * together - 1);
    below += of_history;
    at += of_window;
  }
  return pairs;
}

static double tail(double excess, double deviation) { return host->normal_sf((excess - 0.5) / deviation); }

static int32_t evaluate(const void* instance, const oddity_window* window, const oddity_question* question,
                        oddity_evaluation* evaluation, const oddity_sink* error) {
  const ranksum* const self = instance;
  const double n = (double)self->count;
  const double m = (double)window->rows;
  double ties;
  double u;
  double excess;
  double deviation;
  (void)error;
  if (self->count < least_history) {
    evaluation->outcome = ODDITY_WARMING_UP;
    return ODDITY_OK;
  }
  if (window->rows < least_window) {
    evaluation->outcome = ODDITY_UNDEFINED;
    return ODDITY_OK;
  }
  u = count_pairs(self, window->columns[0], window->rows, &ties);
  evaluation->outputs[0] = u / (n * m);
  deviation = sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))));
  if (!(deviation > 0)) { /* all values are one */
    evaluation->outcome = ODDITY_CONSTANT;
    evaluation->p = 1;
    return ODDITY_OK;
  }
  excess = u - n * m / 2;
  if (question->direction == ODDITY_ABOVE) {
    evaluation->p = tail(excess, deviation);
  } else if (question->direction == ODDITY_BELOW) {
    evaluation->p = tail(-excess, deviation);
  } else {
    evaluation->p = fmin(1, 2 * tail(fabs(excess), deviation));
  }
  evaluation->outcome = ODDITY_JUDGED;
  return ODDITY_OK;
}

static int32_t update(void* instance, const oddity_window* window, int32_t learns, const oddity_sink* error) {
  uint64_t row;
  (void)error;
  if (learns != ODDITY_LEARN_YES) return ODDITY_OK;
  for (row = window->rows - window->fresh; row < window->rows; ++row)
    learn(instance, window->columns[0]->values[row]);
  return ODDITY_OK;
}

/* Numbers are written as this machine has them; a state does not travel to one of another byte order. */
static int32_t snapshot(const void* instance, const oddity_sink* state, const oddity_sink* error) {
  const ranksum* const self = instance;
  const uint64_t first = self->count < self->size ? 0 : self->oldest;
  const uint64_t behind = self->count - first; /* of a full ring: from the oldest to its end */
  if (state->write(state->context, &self->count, sizeof self->count) == 0 &&
      state->write(state->context, self->arrived + first, behind * sizeof(double)) == 0 &&
      state->write(state->context, self->arrived, first * sizeof(double)) == 0)
    return ODDITY_OK;
  say(error, "the host takes no more state");
  return ODDITY_BROKEN;
}

/* A state of another size keeps the newest samples. */
static int32_t restore(void* instance, const void* bytes, uint64_t size, uint32_t version,
                       const oddity_sink* error) {
  uint64_t count;
  uint64_t i;
  (void)version; /* there is only one yet */
  if (size < sizeof count ||
      (memcpy(&count, bytes, sizeof count), count != (size - sizeof count) / sizeof(double)) ||
      size % sizeof(double) != 0) {
    say(error, "the state's length is not what it announces");
    return ODDITY_REFUSED;
  }
  for (i = 0; i < count; ++i) {
    double value;
    memcpy(&value, (const char*)bytes + sizeof count + i * sizeof value, sizeof value);
    if (!isfinite(value)) {
      say(error, "a number in the state is not finite");
      return ODDITY_REFUSED;
    }
    learn(instance, value);
  }
  return ODDITY_OK;
}

static uint64_t footprint(const void* instance) {
  const ranksum* const self = instance;
  return sizeof *self + 2 * self->size * sizeof(double);
}

static const void* capability(const char* name_and_revision) {
  (void)name_and_revision;
  return NULL;
}

static const oddity_option_spec options[] = {
    {.name = "size",
     .unit = "samples",
     .about = "How many of the latest normal samples make up the history.",
     .min = 2,
     .max = 1e7,
     .type = ODDITY_INT}};
static const oddity_output_spec outputs[] = {
    {.name = "share",
     .unit = "",
     .about = "Share of pairs in which the window's value is larger; 0.5 is normal."}};
static const oddity_description description = {
    .struct_size = sizeof description,
    .name = "ranksum",
    .version = "1.0.0",
    .about = "Wilcoxon's rank sum test of each window against a rolling history.",
    .build = "C",
    .options = options,
    .outputs = outputs,
    .option_count = 1,
    .option_stride = sizeof options[0],
    .output_count = 1,
    .output_stride = sizeof outputs[0],
    .fields = ODDITY_FIELDS_ONE,
    .directions = 1u << ODDITY_BOTH | 1u << ODDITY_ABOVE | 1u << ODDITY_BELOW,
    .wants_sorted = 1,
    .offers_p = 1,
    .state_version = 1,
    .oldest_state_version = 1};
static const oddity_plugin plugin = {.struct_size = sizeof plugin,
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
  if (lent == NULL || lent->struct_size < ODDITY_THROUGH(oddity_host, student_t_quantile)) return NULL;
  host = lent;
  return &plugin;
}
