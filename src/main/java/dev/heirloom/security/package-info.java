/**
 * Who may do what over HTTP: users, passwords, tokens, sessions, and the log of what administrators did.
 *
 * <p>Start at {@link dev.heirloom.security.RequestAuthentication}, which says who sends a request;
 * {@code dev.heirloom.rest} decides what that caller may do. Imports nothing of Heirloom's; imported by {@code rest} and
 * {@code calls}.
 */
@NullMarked
package dev.heirloom.security;

import org.jspecify.annotations.NullMarked;
