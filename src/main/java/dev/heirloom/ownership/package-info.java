/**
 * Who may write a table: the owner and its epoch, the mailbox it serves, the transfer from one owner to the next.
 *
 * <p>Start at {@link dev.heirloom.ownership.TableRef}, what everybody holds, and at {@link
 * dev.heirloom.ownership.TableConsumer}, what an owner is made of; {@link dev.heirloom.ownership.SharedTable} is what
 * outlives the owners. Pure JDK; imports {@code table} only.
 */
@NullMarked
package dev.heirloom.ownership;

import org.jspecify.annotations.NullMarked;
