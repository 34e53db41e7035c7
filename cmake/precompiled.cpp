// The precompiled header of the build needs a source to belong to (cmake/CockpitCommon.cmake).
