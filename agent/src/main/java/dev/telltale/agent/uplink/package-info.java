/**
 * Delivers closed envelopes and takes the answers (design 2.3): sends what is not released, in
 * order, a few at a time, again after silence, and holds back where the collector says so. Nothing
 * here can release a reading; it hands verified receipts to the outbox, which does.
 */
@NullMarked
package dev.telltale.agent.uplink;

import org.jspecify.annotations.NullMarked;
