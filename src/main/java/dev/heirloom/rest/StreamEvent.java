package dev.heirloom.rest;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream. Immutable.
 *
 * @param id where a client that saw it can go on; null if that is no place
 * @param name what kind of event it is
 * @param data JSON
 * @param last whether the stream ends with it
 */
record StreamEvent(@Nullable String id, String name, String data, boolean last) {
    static StreamEvent of(String id, String name, String data) {
        return new StreamEvent(id, name, data, false);
    }

    static StreamEvent last(String name, String data) {
        return new StreamEvent(null, name, data, true);
    }
}
