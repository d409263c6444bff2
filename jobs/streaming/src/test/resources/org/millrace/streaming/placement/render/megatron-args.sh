# Job gpt-3.6b: t=4, p=2, d=2, tp-cp-ep-dp-pp, layers of the stages [16, 14].
MILLRACE_PLACEMENT_ARGS=(
  --tensor-model-parallel-size 4
  --pipeline-model-parallel-size 2
  --decoder-first-pipeline-num-layers 16
  --decoder-last-pipeline-num-layers 14
  --nccl-communicator-config-path nccl-communicators.yaml
  --distributed-timeout-minutes 30
)
