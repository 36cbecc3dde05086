#ifndef TALLY_FAILURE_H
#define TALLY_FAILURE_H

/* Ends the program because nothing can go on: one line to whoever started it. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
