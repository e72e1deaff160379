# A whole Findity in a container; docs/container.md tells how to use it.
#
# BASE is any image with Python 3.11 or later as python3, which can make virtual environments.
# EXTRAS, such as [check,scenarios], are installed too. Behind a registry or a proxy of your own:
# --secret id=pip,src=pip.conf, and --secret id=certificates,src=bundle.crt for what that names as
# /run/secrets/certificates. Neither stays in the image.
ARG BASE=docker.io/library/python:3.13-slim

FROM ${BASE} AS build
ARG EXTRAS=""
RUN python3 -m venv /opt/pip && python3 -m venv --without-pip /opt/mockfindity
WORKDIR /src
COPY LICENSE README.md pyproject.toml ./
COPY contracts contracts
COPY scenarios scenarios
COPY mockfindity mockfindity
# Bytecode that is never held against the dates of its sources, which a copy may change.
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=certificates \
    /opt/pip/bin/pip --python /opt/mockfindity/bin/python \
        install --quiet --no-cache-dir --no-compile --disable-pip-version-check ".${EXTRAS}" \
    && /opt/mockfindity/bin/python -m compileall -q --invalidation-mode unchecked-hash \
        /opt/mockfindity/lib

FROM ${BASE}
COPY --from=build /opt/mockfindity /opt/mockfindity
ENV PATH=/opt/mockfindity/bin:$PATH \
    MOCKFINDITY_HOST=0.0.0.0 \
    MOCKFINDITY_LOAD=/etc/mockfindity
# A bare Python image comes without bytecode of Python's own modules, and the user below could not
# write any; whoever plays the demo does, of those that are used.
RUN mkdir -p /etc/mockfindity /data \
    && chown 10001:10001 /data \
    && mockfindity demo --once > /dev/null 2>&1
LABEL org.opencontainers.image.title="mockfindity" \
      org.opencontainers.image.description="A local, stateful emulator of the Findity expense API" \
      org.opencontainers.image.licenses="MIT"
# By number, so that Kubernetes can tell that it is not root. It writes nowhere but into /data, and
# there only if --data-dir says so.
USER 10001:10001
WORKDIR /etc/mockfindity
EXPOSE 4655
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["mockfindity", "healthy"]
ENTRYPOINT ["mockfindity"]
CMD ["serve"]
