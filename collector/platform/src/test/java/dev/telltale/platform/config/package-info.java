/** Tests of the configuration reader, beside a complete TOML parser of somebody else. */
@NullMarked
package dev.telltale.platform.config;

import org.jspecify.annotations.NullMarked;
