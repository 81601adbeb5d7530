package dev.heirloom.manager;

import dev.heirloom.table.HeirloomException;
import jakarta.enterprise.inject.spi.InjectionPoint;

/** Says that an injection point means no table, or more than one. */
public final class UnresolvedTableException extends HeirloomException {
    UnresolvedTableException(InjectionPoint point, String why) {
        super("cannot inject " + point.getType().getTypeName() + " into " + point.getMember() + ": " + why);
    }
}
