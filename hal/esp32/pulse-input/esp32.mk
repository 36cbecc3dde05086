# Adds the pulse engine to the ESP-IDF project that the SDK's fragment builds. The SDK has no manifest key for a
# component that lies in a folder; ESP-IDF takes such folders as EXTRA_COMPONENT_DIRS (tools/cmake/project.cmake).
include $(MODDABLE)/tools/mcconfig/make.esp32.mk
IDF_BUILD_OPTIONS += -D EXTRA_COMPONENT_DIRS=$(PULSE_ENGINE)
