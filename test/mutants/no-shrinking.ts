/** A counterexample need not be a small one: that there is one kills the mutant. */
import fc from "fast-check";

fc.configureGlobal({ endOnFailure: true });
