/**
 * A plan and an estate in the files that launchers and schedulers read. Only the host file and
 * Megatron's flags carry the order of ranks and the choice of NICs; the others tell a scheduler
 * what is near what. No engine on the path.
 */
package org.millrace.streaming.placement.render;
