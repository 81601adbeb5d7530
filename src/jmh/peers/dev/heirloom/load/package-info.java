/**
 * The same small application on Heirloom and on Redis, and what both do under load. Start with {@link
 * dev.heirloom.load.LoadReport}. Compiled by the profile {@code bench} only; may import anything.
 */
@NullMarked
package dev.heirloom.load;

import org.jspecify.annotations.NullMarked;
