"""Kill a service at random points under load, and see what it has kept.

    python -m tests.registry.crash --times 200

Clients push images, some of them in chunks, share layers, and delete what they have pushed, while
layers that no image has are swept away at once. Then the process is killed, and another one starts
on its directory: every image that was acknowledged must be there, byte for byte, and every image
whose deletion was acknowledged must be gone. In the end nothing may be left of half-made pushes.
"""
