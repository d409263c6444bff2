package org.millrace.gpu;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips, with a word, the tests of the kernels' host build where there was no compiler for it. */
final class NeedsHostKernels implements SkipExecutionHook {

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return HostKernels.built()
        ? SkipResult.doNotSkip()
        : SkipResult.skip("no g++, so no host build of the kernels");
  }
}
