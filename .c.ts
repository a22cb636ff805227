import { decodeImage } from "#imaging";
import { readBoundedFile, mapConcurrently } from "#platform";
const files=Array.from({length:60},(_, i)=>`/tmp/di/x/${i%8}.dcm`);
const go=async(n:string,k:number,f:(p:string)=>Promise<unknown>)=>{ await mapConcurrently(files.slice(0,8),k,f); const c=process.cpuUsage(); const b=performance.now(); await mapConcurrently(files,k,f); const d=process.cpuUsage(c); console.log(n,k,"cpu ms/img",((d.user+d.system)/1000/60).toFixed(1),"user",(d.user/1000/60).toFixed(1),"wall rate",(60/(performance.now()-b)*1000).toFixed(1)); };
for (let i=0;i<3;i++){
await go("thread",1, async p=>decodeImage(await readBoundedFile(p),{name:"x"}));
await go("thread",2, async p=>decodeImage(await readBoundedFile(p),{name:"x"}));
}
