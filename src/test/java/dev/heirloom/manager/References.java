package dev.heirloom.manager;

import dev.heirloom.Table;
import dev.heirloom.manager.HandedTables.Other;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.TableRef;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** Injection points, right and wrong. */
final class References {
    private References() {}

    @Dependent
    static class ByTypes {
        @Inject
        TableRef<Integer, Other> table;
    }

    @Dependent
    static class ByName {
        @Inject
        @Table("gift")
        TableRef<String, Item> table;
    }

    @Dependent
    static class Ambiguous {
        @Inject
        TableRef<String, Item> table;
    }

    @Dependent
    static class Unknown {
        @Inject
        @Table("nowhere")
        TableRef<String, Item> table;
    }

    @Dependent
    static class NoSuchTypes {
        @Inject
        TableRef<Byte, Byte> table;
    }

    @Dependent
    static class OtherTypes {
        @Inject
        @Table("gift")
        TableRef<Integer, Other> table;
    }
}
