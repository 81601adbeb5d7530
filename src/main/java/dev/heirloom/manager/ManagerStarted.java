package dev.heirloom.manager;

/**
 * The manager has started, and tables can be made. Fired as an asynchronous CDI event, since at its start the server lets
 * nobody else call an EJB. Immutable.
 */
public record ManagerStarted() {}
