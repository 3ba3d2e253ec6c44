/** Tests of {@code telltale-verify}: one bundle that is right, and one fault for each check. */
@NullMarked
package dev.telltale.auditor;

import org.jspecify.annotations.NullMarked;
