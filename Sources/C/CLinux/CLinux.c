#define _GNU_SOURCE
#include "CLinux.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>

static _Thread_local void *current_loop;

void *clinux_current_loop(void) { return current_loop; }

void clinux_set_current_loop(void *loop) { current_loop = loop; }

static atomic_bool waits_in_milliseconds;

int clinux_epoll_wait(int epoll, struct epoll_event *events, int count, int64_t nanoseconds) {
    if (nanoseconds <= 0) return epoll_wait(epoll, events, count, nanoseconds < 0 ? -1 : 0);
    if (!atomic_load_explicit(&waits_in_milliseconds, memory_order_relaxed)) {
        struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
        int ready = epoll_pwait2(epoll, events, count, &limit, NULL);
        // EPERM is what filters of system calls say of those that they do not know.
        if (ready >= 0 || (errno != ENOSYS && errno != EPERM)) return ready;
        atomic_store_explicit(&waits_in_milliseconds, true, memory_order_relaxed);
    }
    int64_t milliseconds = nanoseconds / 1000000 + (nanoseconds % 1000000 > 0);
    return epoll_wait(epoll, events, count, milliseconds > INT_MAX ? INT_MAX : (int)milliseconds);
}
