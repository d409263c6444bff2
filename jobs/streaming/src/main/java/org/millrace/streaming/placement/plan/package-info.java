/**
 * Where a job goes: which nodes in which order, which network each process group uses, how layers
 * split over pipeline stages, how long an iteration takes. After Holmes (Yang et al., arXiv
 * 2312.03549); {@link org.millrace.streaming.placement.plan.Planner} is the way in. Plain Java, no
 * engine on the path.
 */
package org.millrace.streaming.placement.plan;
