package dev.heirloom.table;

/** A row for tests. */
record Item(String id, int value) {
    Item plus(int more) {
        return new Item(id, value + more);
    }
}
