#!/usr/bin/env bash
# Builds the kernels, checks on this machine's GPU that they give what the CPU gives, and times them
# against their floor and against the CPU on all cores. Needs nvcc and g++, neither JDK nor Maven.
#
# Usage: gpu/bench/run.sh [MEGABYTES]     text to work on, 256 by default
# Where there is no GPU it only builds, and says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

nvcc="$(bin/find-nvcc --install)"
if [ -z "$nvcc" ]; then
  echo "bench: no nvcc; set CUDA_HOME" >&2
  exit 1
fi
cuda="$(dirname "$(dirname "$(readlink -f "$nvcc")")")"
out=target/bench
mkdir -p "$out"
# The host build under other names, to have both in one program.
mapfile -t names < <(sed -n 's/.* \**millrace_\([a-z_]*\)(.*/-Dmillrace_\1=host_\1/p' \
  src/main/cuda/kernels.h)
host=(g++ -std=c++17 -O3 -march=native -ffp-contract=off -Isrc/main/cuda)
"${host[@]}" "${names[@]}" -c src/main/cuda/host.cpp -o "$out/host.o"
"${host[@]}" -c bench/cpu.cpp -o "$out/cpu.o"
"$nvcc" -std=c++17 -O3 -fmad=false -cudart static -L"$cuda/lib" -I"$cuda/include" -Isrc/main/cuda \
  -gencode arch=compute_80,code=sm_80 -gencode arch=compute_90,code=sm_90 \
  -gencode arch=compute_90,code=compute_90 \
  bench/bench.cu src/main/cuda/kernels.cu "$out/host.o" "$out/cpu.o" -lpthread -o "$out/bench"
if ! [ -e /dev/nvidiactl ]; then
  echo "bench: no GPU on this machine: built gpu/$out/bench, nothing measured"
  exit 0
fi
echo "date: $(date -u +%F)  command: gpu/bench/run.sh ${*:-}"
"$out/bench" "$@"
