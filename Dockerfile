# The service: `docker build -t todo .`, and docs/operations.md for what it wants. The terminal program is apart: README says how to install it.

# The packages that it runs on, and no others.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
COPY packages/api/package.json packages/api/
COPY packages/cli/package.json packages/cli/
COPY packages/domain/package.json packages/domain/
# Of the root only Node itself, which the image has. Maps and types are for editors.
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --ignore-scripts --filter "@todo/api..." \
  && rm -rf node_modules/.pnpm/node-* node_modules/node-* \
  && find node_modules/.pnpm -type f \( -name "*.map" -o -name "*.d.ts" -o -name "*.d.mts" -o -name "*.d.cts" \) -delete \
  && rm -rf node_modules/.pnpm/effect@*/node_modules/effect/src

# The service in few files (docs/adr/0016). What it is built with is left behind here.
FROM node:24.21.0-bookworm-slim AS bundle
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
COPY packages/api/package.json packages/api/
COPY packages/cli/package.json packages/cli/
COPY packages/domain/package.json packages/domain/
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --ignore-scripts --filter "@todo/api..."
COPY packages/domain/src packages/domain/src
COPY packages/api/src packages/api/src
COPY packages/api/scripts/bundle.ts packages/api/scripts/
RUN node packages/api/scripts/bundle.ts

FROM node:24.21.0-bookworm-slim
# All that is written: the embedded database, where there is no DATABASE_URL.
RUN mkdir -m 0700 /data && chown node:node /data
WORKDIR /app
COPY --from=packages /app ./
COPY --from=bundle /app/packages/api/dist packages/api/dist
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  TODO_DATA_DIR=/data \
  UV_THREADPOOL_SIZE=16 \
  MALLOC_ARENA_MAX=2
USER node
VOLUME /data
EXPOSE 4000
# By Node: the image has no curl. It is alive as long as it answers, ready or not: a restart mends no database.
HEALTHCHECK --interval=10s --timeout=3s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=200", "--no-parallel-scavenge", "--expose-gc", "packages/api/dist/main.js"]
