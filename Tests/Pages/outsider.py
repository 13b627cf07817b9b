"""Sends messages to Kafka, as an application does that knows nothing of the service: with the library that the service
itself needs."""

import ctypes

SIZE = 512
UNASSIGNED, COPY, PRODUCER, DONE = -1, 2, 0, 0


def send(servers, topic, values):
    """Sends bytes, and returns when the brokers have them."""
    library = ctypes.CDLL("librdkafka.so.1")
    for name in ("conf_new", "new", "topic_new"):
        getattr(library, f"rd_kafka_{name}").restype = ctypes.c_void_p
    fault = ctypes.create_string_buffer(SIZE)
    settings = ctypes.c_void_p(library.rd_kafka_conf_new())
    if library.rd_kafka_conf_set(settings, b"bootstrap.servers", servers.encode(), fault, SIZE) != DONE:
        raise RuntimeError(fault.value.decode())
    client = ctypes.c_void_p(library.rd_kafka_new(PRODUCER, settings, fault, SIZE))
    if not client:
        raise RuntimeError(fault.value.decode())
    place = ctypes.c_void_p(library.rd_kafka_topic_new(client, topic.encode(), None))
    for value in values:
        size = ctypes.c_size_t(len(value))
        if library.rd_kafka_produce(place, UNASSIGNED, COPY, value, size, None, ctypes.c_size_t(0), None) != DONE:
            raise RuntimeError(f"{topic} does not take a message")
    outcome = library.rd_kafka_flush(client, 20_000)
    library.rd_kafka_topic_destroy(place)
    library.rd_kafka_destroy(client)
    if outcome != DONE:
        raise RuntimeError(f"the brokers did not take all messages: {outcome}")
