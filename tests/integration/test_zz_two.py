import time, asyncio
from tests.integration.test_bus_consumer import *
@pytest.mark.parametrize("n", range(25))
async def test_two(nats_server, admin, consuming, n):
    source = Source(name("routing"))
    await source.declare(admin, consuming.service)
    turn = 0
    async def dawdle(_incoming):
        nonlocal turn
        turn += 1
        await asyncio.sleep(0.02 if turn % 2 else 0)
    consuming.trouble = dawdle
    t=time.time(); log=[]
    async with (
        reading(nats_server.url, consuming, source) as one,
        reading(nats_server.url, consuming, source) as other,
        running(consuming.consumer(source, one)) as c1,
        running(consuming.consumer(source, other)) as c2,
    ):
        for _ in range(10):
            source.take_notes(200)
            await source.publish(admin)
            await asyncio.sleep(0.01)
        last=t
        while await consuming.ledger.position_of(source.service) < 2000:
            await asyncio.sleep(0.02)
            if time.time()-last>0.5:
                last=time.time()
                log.append((round(last-t,1), c1.state(), c2.state(), c1._turn.locked(), c2._turn.locked()))
    if time.time()-t>1.5:
        for l in log: print(*l, sep="\n   ")
    print("took", time.time()-t)
