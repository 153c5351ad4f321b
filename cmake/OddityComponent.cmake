# oddity_component(NAME [ROOT folder] SOURCES file... LINKS target...)
#
# One static library, oddity_NAME. Its include root is its own folder (or ROOT below it), and its LINKS are all whose headers
# it can include: a forbidden include does not compile.
function(oddity_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "SOURCES;LINKS")
  add_library(oddity_${name} STATIC ${arg_SOURCES})
  target_link_libraries(oddity_${name} PUBLIC ${arg_LINKS} PRIVATE oddity_warnings)
  target_include_directories(oddity_${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/${arg_ROOT})
endfunction()

# oddity_test(FOLDER SOURCES file... LINKS target... [DATA]): one test binary a folder, each case known to ctest.
# DATA: the tests read files that are committed beside them, from ODDITY_TEST_DATA.
function(oddity_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "DATA" "" "SOURCES;LINKS")
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${arg_LINKS} GTest::gmock_main rapidcheck rapidcheck_gtest oddity_warnings)
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  if(arg_DATA)
    target_compile_definitions(${name}_test PRIVATE ODDITY_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}")
  endif()
  set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  include(GoogleTest)
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT 300 ENVIRONMENT "XDG_STATE_HOME=${PROJECT_BINARY_DIR}/tests/state_home")
endfunction()
