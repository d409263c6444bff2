/** Learners, problems and skills as a graph, and walks over it. */
package org.millrace.kernel.strategy.graph;
