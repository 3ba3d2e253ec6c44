/**
 * A TPM of its own for every test: {@code @ExtendWith(SimulatedTpm.class)} and a parameter of type
 * {@link dev.telltale.tpmsim.junit.SimTpm}.
 */
@NullMarked
package dev.telltale.tpmsim.junit;

import org.jspecify.annotations.NullMarked;
