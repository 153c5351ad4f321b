# The installed layout is that of the build tree: bin/oddity finds lib/oddity/plugins from its own place.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS oddity RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ttest zscore ks LIBRARY DESTINATION lib/oddity/plugins)
install(DIRECTORY core/include/oddity DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES config/oddity.yaml DESTINATION ${CMAKE_INSTALL_DATADIR}/oddity)
install(FILES config/oddity.service DESTINATION lib/systemd/system)
install(DIRECTORY examples/kapacitor DESTINATION ${CMAKE_INSTALL_DATADIR}/oddity/examples)
install(FILES README.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)

# find_package(oddity 1), oddity_add_detector(): for detectors built elsewhere.
install(TARGETS oddity_sdk EXPORT oddity)
set_target_properties(oddity_sdk PROPERTIES EXPORT_NAME sdk)
install(EXPORT oddity NAMESPACE oddity:: DESTINATION lib/cmake/oddity FILE oddityTargets.cmake)
file(WRITE ${PROJECT_BINARY_DIR}/oddityConfig.cmake
  "include(\${CMAKE_CURRENT_LIST_DIR}/oddityTargets.cmake)\ninclude(\${CMAKE_CURRENT_LIST_DIR}/OddityAddDetector.cmake)\n")
write_basic_package_version_file(${PROJECT_BINARY_DIR}/oddityConfigVersion.cmake COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/oddityConfig.cmake ${PROJECT_BINARY_DIR}/oddityConfigVersion.cmake
  cmake/OddityAddDetector.cmake cmake/detector.map DESTINATION lib/cmake/oddity)
