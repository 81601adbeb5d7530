package dev.heirloom.table;

/** Says that changes were asked of a subscription that is closed. */
public final class SubscriptionClosedException extends HeirloomException {
    public SubscriptionClosedException(String table) {
        super("a subscription to the changes of table " + table + " is closed");
    }
}
