# oddity_component(NAME [ROOT folder] SOURCES file... LINKS target...)
#
# One static library, oddity_NAME. Its include root is its own folder (or ROOT below it), and its LINKS are all whose headers
# it can include: a forbidden include does not compile.
function(oddity_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "SOURCES;LINKS")
  add_library(oddity_${name} STATIC ${arg_SOURCES})
  target_link_libraries(oddity_${name} PUBLIC ${arg_LINKS} PRIVATE oddity_warnings)
  target_include_directories(oddity_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/${arg_ROOT})
  set_target_properties(oddity_${name} PROPERTIES UNITY_BUILD ${ODDITY_UNITY} UNITY_BUILD_BATCH_SIZE 12)
  list(LENGTH arg_SOURCES sources)
  if(sources GREATER 4)
    oddity_precompile(oddity_${name} ${oddity_usual_headers})
  endif()
endfunction()

# Tests are compiled as programs are, with little optimisation: they run once for each time that they are compiled.
set(ODDITY_TEST_OPTIMISATION $<$<CONFIG:Release>:-O1>)
if(ODDITY_TESTS)
  add_executable(oddity_test_headers EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/support/headers.cpp)
  target_link_libraries(oddity_test_headers PRIVATE GTest::gmock_main rapidcheck rapidcheck_gtest oddity_warnings)
  target_compile_options(oddity_test_headers PRIVATE ${ODDITY_TEST_OPTIMISATION})
  oddity_precompile(oddity_test_headers ${oddity_usual_headers} <cmath> <fstream> <gmock/gmock.h> <gtest/gtest.h> <rapidcheck.h>
                    <rapidcheck/gtest.h> <thread>)
endif()

# oddity_test(FOLDER SOURCES file... LINKS target... [DATA]): one test binary a folder, each case known to ctest.
# DATA: the tests read files that are committed beside them, from ODDITY_TEST_DATA, or elsewhere below ODDITY_TESTS.
function(oddity_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "DATA" "" "SOURCES;LINKS")
  set(of_c ${arg_SOURCES})
  list(FILTER of_c INCLUDE REGEX "\\.c$")
  list(FILTER arg_SOURCES EXCLUDE REGEX "\\.c$")
  add_executable(${name}_test ${arg_SOURCES})
  if(of_c)  # the precompiled header is of C++
    add_library(${name}_test_c OBJECT ${of_c})
    target_link_libraries(${name}_test_c PRIVATE ${arg_LINKS} oddity_warnings)
    target_link_libraries(${name}_test PRIVATE ${name}_test_c)
  endif()
  target_link_libraries(${name}_test PRIVATE ${arg_LINKS} GTest::gmock_main rapidcheck rapidcheck_gtest oddity_warnings)
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_options(${name}_test PRIVATE ${ODDITY_TEST_OPTIMISATION})
  oddity_precompile(${name}_test LIKE oddity_test_headers)
  if(arg_DATA)
    target_compile_definitions(${name}_test PRIVATE ODDITY_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}" ODDITY_TESTS="${PROJECT_SOURCE_DIR}/tests")
  endif()
  set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  include(GoogleTest)
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT 300 ENVIRONMENT "XDG_STATE_HOME=${PROJECT_BINARY_DIR}/tests/state_home")
endfunction()
