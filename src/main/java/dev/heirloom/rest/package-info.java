/**
 * The tables over HTTP: what can be seen and done from outside, and how failures are told.
 *
 * <p>Start at {@link dev.heirloom.rest.Problem}, the RFC 9457 answer that every failure becomes. Imports {@code
 * documents}, {@code manager} and what lies below them; never {@code calls}.
 */
@NullMarked
package dev.heirloom.rest;

import org.jspecify.annotations.NullMarked;
