# Our own detectors, an entry a line: NAME=CLASS, where plugins/NAME/NAME.hpp declares the class. This is the only list of
# them: what builds, installs, tests, fuzzes or describes each of them takes it from here.
#
# ODDITY_DETECTORS are the names. own_detectors.hpp and own_classes.hpp, which tests include, have them as well; Python
# reads this file (tests/docs/own_detectors.py). ODDITY_DETECTOR_PARTS are libraries that some classes need beside their header.
set(detectors
  ttest=TTest
  zscore=ZScore
  ks=KolmogorovSmirnov
  mad=MedianAbsoluteDeviation
  mannwhitney=MannWhitney
  variance=Variance
  ewma=Ewma
  cusum=Cusum
  novelty=Novelty
  jump=Jump
  seasonal=Seasonal
)

set(ODDITY_DETECTOR_PARTS novelty_nearest)

set(ODDITY_DETECTORS)
set(names)
set(includes)
set(classes)
foreach(entry ${detectors})
  string(REPLACE "=" ";" entry ${entry})
  list(GET entry 0 name)
  list(GET entry 1 class)
  list(APPEND ODDITY_DETECTORS ${name})
  list(APPEND names "\"${name}\"")
  list(APPEND includes "#include \"${name}/${name}.hpp\"")
  list(APPEND classes "plugins::${class}")
  set(ODDITY_CLASS_OF_${name} ${class})
endforeach()
list(JOIN names ", " names)
list(JOIN includes "\n" includes)
list(JOIN classes ", " classes)

# For whatever includes "own_detectors.hpp" or "own_classes.hpp".
set(ODDITY_GENERATED ${PROJECT_BINARY_DIR}/generated)
file(CONFIGURE OUTPUT ${ODDITY_GENERATED}/own_detectors.hpp CONTENT
"// Made by cmake/OddityDetectors.cmake.
#pragma once

namespace oddity {

inline constexpr const char* own_detectors[] = {@names@};

}  // namespace oddity
" @ONLY)
file(CONFIGURE OUTPUT ${ODDITY_GENERATED}/own_classes.hpp CONTENT
"// Made by cmake/OddityDetectors.cmake.
#pragma once

@includes@

namespace oddity {

/// List<class...> of our own detectors.
template <template <class...> class List>
using OwnClasses = List<@classes@>;

}  // namespace oddity
" @ONLY)
