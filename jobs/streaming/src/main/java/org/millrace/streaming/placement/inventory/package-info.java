/**
 * Inventories in the forms in which others write them, read into an estate; and the network that is
 * declared for traces that tell none. No engine on the path.
 */
package org.millrace.streaming.placement.inventory;
