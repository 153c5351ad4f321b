# The installed layout is that of the build tree: bin/oddity finds lib/oddity/plugins and share/oddity from its own place.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
include(OddityPages)

install(TARGETS oddity RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS oddity_plugin_check RUNTIME DESTINATION lib/oddity)  # of `oddity plugin check`
install(TARGETS oddity_live RUNTIME DESTINATION lib/oddity)          # of `oddity live`
install(TARGETS oddity_library EXPORT oddity LIBRARY DESTINATION lib)
configure_file(cmake/oddity.pc.in ${PROJECT_BINARY_DIR}/oddity.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/oddity.pc DESTINATION lib/pkgconfig)
install(TARGETS ${ODDITY_DETECTORS} LIBRARY DESTINATION lib/oddity/plugins)
install(DIRECTORY core/include/oddity core/engine/include/oddity DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES config/oddity.yaml DESTINATION ${CMAKE_INSTALL_DATADIR}/oddity)
install(FILES config/oddity.service DESTINATION lib/systemd/system)
install(DIRECTORY examples/kapacitor examples/live examples/c_detector DESTINATION ${CMAKE_INSTALL_DATADIR}/oddity/examples)
install(DIRECTORY examples/detector_template DESTINATION ${CMAKE_INSTALL_DATADIR}/oddity)  # of `oddity plugin new`
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs PATTERN "*.md" EXCLUDE)
install(DIRECTORY plugins/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/plugins FILES_MATCHING PATTERN "*.hpp")  # the pages read ttest.hpp
oddity_install_pages(
  PAGES README.md CHANGELOG.md CONTRIBUTING.md docs plugins
  PLACES
    README.md=${CMAKE_INSTALL_FULL_DOCDIR}/README.md
    CHANGELOG.md=${CMAKE_INSTALL_FULL_DOCDIR}/CHANGELOG.md
    CONTRIBUTING.md=${CMAKE_INSTALL_FULL_DOCDIR}/CONTRIBUTING.md
    LICENSE=${CMAKE_INSTALL_FULL_DOCDIR}/LICENSE
    docs=${CMAKE_INSTALL_FULL_DOCDIR}/docs
    plugins=${CMAKE_INSTALL_FULL_DOCDIR}/plugins
    core/include/oddity=${CMAKE_INSTALL_FULL_INCLUDEDIR}/oddity
    core/engine/include/oddity=${CMAKE_INSTALL_FULL_INCLUDEDIR}/oddity
    config/oddity.yaml=${CMAKE_INSTALL_FULL_DATADIR}/oddity/oddity.yaml
    config/oddity.service=${CMAKE_INSTALL_PREFIX}/lib/systemd/system/oddity.service
    examples/kapacitor=${CMAKE_INSTALL_FULL_DATADIR}/oddity/examples/kapacitor
    examples/live=${CMAKE_INSTALL_FULL_DATADIR}/oddity/examples/live
    examples/c_detector=${CMAKE_INSTALL_FULL_DATADIR}/oddity/examples/c_detector)

# find_package(oddity 1), oddity_add_detector(): for detectors built elsewhere. Nothing else has to be found: no
# Boost, no protobuf.
install(TARGETS oddity_sdk EXPORT oddity)
set_target_properties(oddity_sdk PROPERTIES EXPORT_NAME sdk)
install(EXPORT oddity NAMESPACE oddity:: DESTINATION lib/cmake/oddity FILE oddityTargets.cmake)
configure_package_config_file(cmake/oddityConfig.cmake.in ${PROJECT_BINARY_DIR}/oddityConfig.cmake
  INSTALL_DESTINATION lib/cmake/oddity PATH_VARS CMAKE_INSTALL_BINDIR NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/oddityConfigVersion.cmake COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/oddityConfig.cmake ${PROJECT_BINARY_DIR}/oddityConfigVersion.cmake
  cmake/OddityAddDetector.cmake cmake/detector.map DESTINATION lib/cmake/oddity)

# The same place for the template in the build tree.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/oddity)
file(CREATE_LINK ${PROJECT_SOURCE_DIR}/examples/detector_template ${PROJECT_BINARY_DIR}/share/oddity/detector_template SYMBOLIC)

include(OddityDebianPackage)
