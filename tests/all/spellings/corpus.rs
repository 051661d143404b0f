//! Links that were given out: each opens for ever to the scenario that it was made of.
