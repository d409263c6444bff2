/** InfiniBand fabrics as {@code ibnetdiscover} prints them, and what their cabling tells. */
package org.millrace.streaming.placement.infiniband;
