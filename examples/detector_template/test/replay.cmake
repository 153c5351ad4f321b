# Replays readings.csv and compares the windows found, by their ends, with expected.txt. Not the p-values to the last
# digit: those may differ a little from one machine's mathematics to another's.
execute_process(
  COMMAND ${ODDITY} replay ${CMAKE_CURRENT_LIST_DIR}/readings.csv --plugins ${PLUGINS} --algorithm my_detector
    --precision s --period 1m --field level --size 600 --alpha 0.001 --calibrate none --only-anomalies
  OUTPUT_VARIABLE lines ERROR_VARIABLE said RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "replay failed:\n${said}")
endif()
string(REGEX MATCHALL "\"time\":\"[^\"]*\"" found "${lines}")
list(TRANSFORM found REPLACE "\"time\":\"([^\"]*)\"" "\\1")
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/expected.txt expected)
if(NOT found STREQUAL expected)
  message(FATAL_ERROR "expected the windows\n  ${expected}\ngot\n  ${found}\n${said}")
endif()
message(STATUS "found ${found}")
