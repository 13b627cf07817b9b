#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdint.h>

// rd_kafka_producev is variadic and rd_kafka_produceva takes an array of tagged unions; Swift can call the one not
// at all and the other only with pain. A negative size means null; an empty value is not null. Key and value are
// copied. On success the client owns `headers` (may be NULL), on failure the caller still does.
static inline rd_kafka_error_t *clibrdkafka_produce(
    rd_kafka_t *client, const char *topic, int32_t partition, int64_t timestamp_ms,
    const void *key, int64_t key_size, const void *value, int64_t value_size,
    rd_kafka_headers_t *headers, uintptr_t id
) {
    const char *empty = "";
    rd_kafka_vu_t fields[8] = {
        {.vtype = RD_KAFKA_VTYPE_TOPIC, .u.cstr = topic},
        {.vtype = RD_KAFKA_VTYPE_PARTITION, .u.i32 = partition},
        {.vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = timestamp_ms},
        {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY},
        {.vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = (void *)id},
        {.vtype = RD_KAFKA_VTYPE_KEY},
        {.vtype = RD_KAFKA_VTYPE_VALUE},
        {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers},
    };
    if (key_size >= 0) {
        fields[5].u.mem.ptr = (void *)(key ? key : empty);
        fields[5].u.mem.size = (size_t)key_size;
    }
    if (value_size >= 0) {
        fields[6].u.mem.ptr = (void *)(value ? value : empty);
        fields[6].u.mem.size = (size_t)value_size;
    }
    return rd_kafka_produceva(client, fields, headers ? 8 : 7);
}
