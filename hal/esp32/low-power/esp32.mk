# Adds the component in this folder to the ESP-IDF project that the SDK's fragment builds. The SDK's manifests can only
# name components that ESP-IDF finds; ESP-IDF takes further folders as EXTRA_COMPONENT_DIRS (tools/cmake/project.cmake).
# Its fragment leaves out where ESP-IDF's header of eFuses finds its chip's part.
C_INCLUDES += -I$(IDF_PATH)/components/efuse/$(ESP32_SUBCLASS)/include
include $(MODDABLE)/tools/mcconfig/make.esp32.mk
IDF_BUILD_OPTIONS += -D EXTRA_COMPONENT_DIRS=$(LOW_POWER_COMPONENT)
