/**
 * The program {@code telltale-agent}: its configuration, its commands, and the order in which a
 * running agent is put together and taken apart. {@link dev.telltale.agent.RunCommand} starts
 * without the option parser, which a device never needs in memory.
 */
@NullMarked
package dev.telltale.agent;

import org.jspecify.annotations.NullMarked;
