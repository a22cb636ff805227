#!/usr/bin/env bash
# The proof on a real engine (docs/training-proof.md): a small model from scratch, cold start, GRPO with TRL against `medrounds serve`, arms.
# bash bench/engine/run.sh FOLDER [STEPS]. Needs Python 3.11 or later and a registry of packages; about ten minutes on two cores.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "${1:?a folder to work in}" && cd "$1"
steps=${2:-150}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} TRL_EXPERIMENTAL_SILENCE=1
medrounds() { node --conditions=medrounds-source "$root/src/cli/main.ts" "$@"; }
services=()
start() { "$@" >>services.log 2>&1 & services+=($!); }
stop() { for one in "${services[@]:-}"; do [ -z "$one" ] || kill "$one" 2>/dev/null || true; done; services=(); }
trap stop EXIT
await() { for _ in $(seq 120); do curl -sf "$1" >/dev/null && return; sleep 0.5; done; echo "$1 does not answer" >&2; exit 1; }

if [ ! -e environment ]; then
  python3 -m venv environment
  environment/bin/pip install --quiet --requirement "$here/requirements.txt"
fi
python=environment/bin/python

# The world, its library, and one that holds nothing of it.
$python "$here/world.py" .
mkdir -p library-without && echo '{"id":"nothing","title":"Nothing","content":"This library knows of no disease."}' >library-without/none.jsonl
medrounds library add library --library kb
medrounds library add library-without --library kb-without

[ -e base/config.json ] || $python -W ignore "$here/pretrain.py" base

# What the cold start imitates: rollouts of a teacher that mostly guesses, exported by us.
start $python "$here/teacher.py" 4191
$python "$here/suite.py" . teacher=4191
await http://127.0.0.1:4191/v1/models
medrounds train rollouts train.jsonl --out rollouts --library kb --attempts 4 --reward med-rwr-stage1 --retriever bm25 --grammar med-rwr \
  --endpoint http://127.0.0.1:4191/v1 --model teacher
medrounds train export rollouts --engine trl --kind sft --with-wrong --max-overlap 1 --against test.jsonl --out sft
medrounds train export rollouts --engine trl --kind grpo --max-overlap 1 --against test.jsonl --out grpo
medrounds train plan --engine trl --recipe sft-cold-start --data sft --library kb --port 4190 --out plan-sft
medrounds train plan --engine trl --recipe grpo-text --data grpo --library kb --port 4190 --out plan-grpo

# Cold start, then GRPO: with what was found masked, without the mask, and without searches.
fit() { $python "$here/fit_arguments.py" "$@"; }
train() { $python -W ignore "$here/train.py" "$@"; }
fit plan-sft/arguments/1-cold-start.json base sft-model learning_rate=1e-3 num_train_epochs=2
train plan-sft sft-model.json sft.log.jsonl
start node --conditions=medrounds-source "$root/src/cli/main.ts" serve --library kb --port 4190 --retriever bm25
await http://127.0.0.1:4190/health
fit plan-grpo/arguments/1-grpo.json sft-model rl-model "max_steps=$steps"
train plan-grpo rl-model.json rl.log.jsonl
fit plan-grpo/arguments/1-grpo.json sft-model rl-unmasked-model "max_steps=$steps"
train plan-grpo rl-unmasked-model.json rl-unmasked.log.jsonl --without-mask
fit plan-grpo/arguments/1-grpo.json sft-model rl-alone-model "max_steps=$steps" searches=0
train plan-grpo rl-alone-model.json rl-alone.log.jsonl
$python "$here/curve.py" rewards.svg "masked=rl.log.jsonl" "without the mask=rl-unmasked.log.jsonl" "without searches=rl-alone.log.jsonl"
stop

# The arms, by our harness.
arms=(base=4201 sft=4202 rl=4203 rl-unmasked=4204 rl-alone=4205)
for arm in "${arms[@]}"; do
  folder=${arm%=*}
  [ "$folder" = base ] || folder=$folder-model
  start $python -W ignore "$here/serve.py" "$folder" "${arm#*=}" "${arm%=*}"
done
$python "$here/suite.py" . "${arms[@]}"
for arm in "${arms[@]}"; do await "http://127.0.0.1:${arm#*=}/v1/models"; done
medrounds eval run suite.yaml --out run
