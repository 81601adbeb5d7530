/**
 * When an owner is replaced, and when that is given up: restart types, intensity and back-off as in OTP.
 *
 * <p>Start at {@link dev.heirloom.supervision.Supervisor}: pure functions over the sealed {@link
 * dev.heirloom.supervision.TableState}, without threads, clocks or effects. Pure JDK; imports {@code ownership} and
 * {@code table} only.
 */
@NullMarked
package dev.heirloom.supervision;

import org.jspecify.annotations.NullMarked;
