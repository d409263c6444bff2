/** Made-up estates, requests and telemetry, for the demo, tests and benchmarks. No engine. */
package org.millrace.streaming.placement.simulate;
