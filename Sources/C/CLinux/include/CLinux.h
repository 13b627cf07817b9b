// Linux calls that the Glibc module does not show to Swift.
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <linux/filter.h>
#include <linux/sockios.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// accept4 and pthread_setname_np need _GNU_SOURCE, which Swift's importer does not set.
int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags);
int pthread_setname_np(pthread_t thread, const char *name);

/// The loop that runs on the calling thread, or NULL. Set once by the thread that becomes a loop.
void *clinux_current_loop(void);
void clinux_set_current_loop(void *loop);

/// CLOCK_MONOTONIC in nanoseconds.
static inline int64_t clinux_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/// Bytes in a socket's send queue that the peer has not acknowledged; 0 where the socket has no such queue.
static inline int clinux_unacknowledged_bytes(int fd) {
    int count = 0;
    return ioctl(fd, SIOCOUTQ, &count) == 0 ? count : 0;
}

/// Has the kernel drop, on a listening socket, the packets that would begin a connection (SYN in byte 13 of the TCP
/// header); all others pass, so that connections which have begun can still be completed. 0, or -1 and errno.
static inline int clinux_drop_new_connections(int fd) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x02, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

/// epoll data as one 64-bit word: the union is awkward to build from Swift.
static inline struct epoll_event clinux_epoll_event(uint32_t events, uint64_t data) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = data;
    return event;
}

/// epoll_pwait2(2), whose limit is exact; below 0 there is none. Where the kernel has only epoll_wait(2), whole
/// milliseconds, rounded up.
int clinux_epoll_wait(int epoll, struct epoll_event *events, int count, int64_t nanoseconds);

static inline uint64_t clinux_epoll_data(const struct epoll_event *event) { return event->data.u64; }

static const uint32_t CLINUX_EPOLLIN = EPOLLIN;
static const uint32_t CLINUX_EPOLLOUT = EPOLLOUT;
static const uint32_t CLINUX_EPOLLRDHUP = EPOLLRDHUP;
static const uint32_t CLINUX_EPOLLERR = EPOLLERR;
static const uint32_t CLINUX_EPOLLHUP = EPOLLHUP;
static const uint32_t CLINUX_EPOLLET = EPOLLET;

static const int CLINUX_EPOLL_CLOEXEC = EPOLL_CLOEXEC;
static const int CLINUX_SOCK_STREAM = SOCK_STREAM;
static const int CLINUX_SOCK_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;
static const int CLINUX_EFD_FLAGS = EFD_NONBLOCK | EFD_CLOEXEC;
static const int CLINUX_SFD_FLAGS = SFD_NONBLOCK | SFD_CLOEXEC;
static const int CLINUX_MSG_NOSIGNAL = MSG_NOSIGNAL;
static const int CLINUX_IPPROTO_TCP = IPPROTO_TCP;
static const int CLINUX_TCP_NODELAY = TCP_NODELAY;
