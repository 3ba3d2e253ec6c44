/** The serial half of verification, over a real ledger and a device made of software keys. */
@NullMarked
package dev.telltale.collector.commit;

import org.jspecify.annotations.NullMarked;
