/* ESP-IDF's errors: 0 for none. ESP_ERROR_CHECK restarts the chip in a panic; here it ends the run with what failed. */
#ifndef TALLY_DOUBLE_ESP_ERR_H
#define TALLY_DOUBLE_ESP_ERR_H

typedef int esp_err_t;

#define ESP_OK 0
#define ESP_FAIL (-1)
#define ESP_ERR_NO_MEM 0x101
#define ESP_ERR_INVALID_ARG 0x102
#define ESP_ERR_INVALID_STATE 0x103
#define ESP_ERR_INVALID_SIZE 0x104
#define ESP_ERR_NOT_FOUND 0x105
#define ESP_ERR_NOT_SUPPORTED 0x106
#define ESP_ERR_TIMEOUT 0x107
#define ESP_ERR_SLEEP_REJECT 0x10d

_Noreturn void esp_error_check_failed(esp_err_t error, const char *expression);

#define ESP_ERROR_CHECK(expression)                                     \
  do {                                                                  \
    const esp_err_t checked = (expression);                             \
    if (checked != ESP_OK) esp_error_check_failed(checked, #expression); \
  } while (0)

#endif
