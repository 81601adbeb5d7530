/**
 * The table engine measured beside its peers: maps, caches, grids, Redis and ETS. Start at {@link
 * dev.heirloom.peers.EngineReport}. Only {@link dev.heirloom.peers.EnginePeer} knows the engine; each other peer has a
 * class or a lambda of its own. Compiled by the Maven profile {@code bench} alone, as the peers are on no other class
 * path.
 */
@NullMarked
package dev.heirloom.peers;

import org.jspecify.annotations.NullMarked;
