/**
 * MQTT 5 over mutual TLS; the only package that knows Eclipse Paho.
 *
 * <p>Paho 1.2.5 is unmaintained and is used for packet encoding and its four threads, nothing else:
 * every connection is a fresh client object that dies with its socket, there is no automatic
 * reconnect, no store of messages in flight and no topic alias. Who publishes keeps the message
 * until the answer they need has come, and publishes it again on the next connection.
 */
@NullMarked
package dev.telltale.platform.mqtt;

import org.jspecify.annotations.NullMarked;
